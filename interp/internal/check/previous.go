package check

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"slices"
	"strconv"

	"github.com/farside-go/farside/interp/internal/check/wording"
)

// enter gives the package to check in, with the objects of opts.Previous in its
// scope. Those that the files declare or import themselves are left out.
//
// The package of earlier lines and its scope are used again, since go/types takes
// what belongs to others for foreign. A scope cannot forget a name, so it becomes
// a new one in the place of the old.
func (c *checker) enter(path string) *types.Package {
	pkg := c.opts.Package
	if pkg == nil {
		pkg = types.NewPackage(path, c.packageName())
	} else {
		*pkg.Scope() = *types.NewScope(types.Universe, token.NoPos, token.NoPos, "package "+strconv.Quote(path))
	}
	c.declared = make(map[string]bool)
	if len(c.opts.Previous) > 0 {
		for _, file := range c.files {
			c.declares(file)
		}
	}
	for _, obj := range c.opts.Previous {
		if _, isPackage := obj.(*types.PkgName); !isPackage && !c.declared[obj.Name()] {
			pkg.Scope().Insert(obj)
		}
	}
	return pkg
}

// importPrevious has every file import what opts.Previous has of imports: they
// belong to a file, not to a package. What it gives puts the files back as they
// were.
func (c *checker) importPrevious() (restore func()) {
	imports := &ast.GenDecl{Tok: token.IMPORT}
	for _, obj := range c.opts.Previous {
		if name, ok := obj.(*types.PkgName); ok && !c.declared[name.Name()] {
			imports.Specs = append(imports.Specs, &ast.ImportSpec{
				Name: ast.NewIdent(name.Name()),
				Path: &ast.BasicLit{Kind: token.STRING, Value: strconv.Quote(name.Imported().Path())},
			})
		}
	}
	if len(imports.Specs) == 0 {
		return func() {}
	}
	before := make([][]ast.Decl, len(c.files))
	for i, file := range c.files {
		before[i] = file.Decls
		file.Decls = slices.Insert(slices.Clone(file.Decls), 0, ast.Decl(imports))
	}
	return func() {
		for i, file := range c.files {
			file.Decls = before[i]
		}
	}
}

// declares notes the names that a file declares at package level or imports.
func (c *checker) declares(file *ast.File) {
	for _, decl := range file.Decls {
		switch decl := decl.(type) {
		case *ast.FuncDecl:
			if decl.Recv == nil {
				c.declared[decl.Name.Name] = true
			}
		case *ast.GenDecl:
			for _, spec := range decl.Specs {
				c.declaresSpec(spec)
			}
		}
	}
}

func (c *checker) declaresSpec(spec ast.Spec) {
	switch spec := spec.(type) {
	case *ast.TypeSpec:
		c.declared[spec.Name.Name] = true
	case *ast.ValueSpec:
		for _, name := range spec.Names {
			c.declared[name.Name] = true
		}
	case *ast.ImportSpec:
		c.imports(spec)
	}
}

func (c *checker) imports(spec *ast.ImportSpec) {
	if spec.Name != nil && spec.Name.Name != "." {
		c.declared[spec.Name.Name] = true
		return
	}
	path, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		return
	}
	pkg, err := c.opts.Importer.Import(path)
	switch {
	case err != nil: // go/types says so
	case spec.Name == nil:
		c.declared[pkg.Name()] = true
	default:
		for _, name := range pkg.Scope().Names() {
			if token.IsExported(name) {
				c.declared[name] = true
			}
		}
	}
}

// foreignMethods refuses methods of types that opts.Previous declares. The values
// that exist would have to get them, and cannot: the runtime remembers which
// interfaces a type does not implement.
func (c *checker) foreignMethods(pkg *types.Package) (list ErrorList) {
	for _, file := range c.files {
		for _, decl := range file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok || f.Recv == nil || len(f.Recv.List) != 1 {
				continue
			}
			base := receiverBase(f.Recv.List[0].Type)
			if _, previous := pkg.Scope().Lookup(base.Name).(*types.TypeName); previous {
				list = append(list, wording.At(c.fset, base.Pos(), fmt.Sprintf("cannot add method %[1]s to %[2]s, which an earlier entry declared: "+
					"declare %[2]s again with all its methods in one entry (type %[2]s ...; func (%[2]s) %[1]s ...); values made before keep the old type",
					f.Name.Name, base.Name)))
			}
		}
	}
	return list
}

// receiverBase gives the name of the type that a method belongs to.
func receiverBase(x ast.Expr) *ast.Ident {
	switch x := x.(type) {
	case *ast.Ident:
		return x
	case *ast.StarExpr:
		return receiverBase(x.X)
	case *ast.ParenExpr:
		return receiverBase(x.X)
	case *ast.IndexExpr:
		return receiverBase(x.X)
	case *ast.IndexListExpr:
		return receiverBase(x.X)
	}
	return new(ast.Ident)
}
