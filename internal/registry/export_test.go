package registry

// FileID is exported for its tests.
var FileID = fileID
