package pin

var Normalize = normalize

// ParseKnown gives the lines of the servers in a file, with the comments gone.
func ParseKnown(content []byte) (lines []string, err error) {
	servers, err := parseKnown(content)
	for _, server := range servers {
		lines = append(lines, server.String())
	}
	return lines, err
}
