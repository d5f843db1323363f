package interp

import (
	"go/token"
	"strings"
)

// hostName is how the generated parts of a file call this package.
const hostName = "_farside_"

// channelAlias is the package channel where the variable channel hides it.
const channelAlias = "_channel_"

// renamedMain is what becomes of a function main that is not to be run.
const renamedMain = "_main_"

// yaegi keeps the imports of a file under the last element of its name, and
// looks for them under that of the name that a position has. So in all that it
// is given that element is the same, whatever line directives say and however
// many files were merged, and what a file is really called stands before it.
const innerBase = "_.go"

// innerName makes a name that yaegi is given of a file's name. It is fit for a
// line directive.
func innerName(name string) string {
	name = strings.ReplaceAll(name, "*/", "*_")
	return strings.Map(func(r rune) rune {
		if r < ' ' {
			return '_'
		}
		return r
	}, name) + "/" + innerBase
}

// outerText puts file names back into a text that yaegi wrote.
func outerText(text string) string {
	return strings.ReplaceAll(strings.ReplaceAll(text, "/"+innerBase, ""), `\`+innerBase, "")
}

// outerPosition is a position as the user knows it.
func outerPosition(pos token.Position) token.Position {
	pos.Filename = outerText(pos.Filename)
	return pos
}
