package proctree

// ParentTable is for kernels that do not list children.
var ParentTable = parentTable
