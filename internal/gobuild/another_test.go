package gobuild_test

const another = "GOBUILD_TEST_ANOTHER"

func anotherProcess() {}
