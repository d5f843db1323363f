//go:build ignore

package main

import (
	"cmp"
	"fmt"
	"slices"
	"sort"
)

func main() {
	people := []struct {
		name string
		age  int
	}{{"a", 3}, {"b", 1}, {"c", 3}, {"d", 2}, {"e", 1}}
	sort.SliceStable(people, func(i, j int) bool { return people[i].age > people[j].age })
	fmt.Println(people)
	sort.Slice(people, func(i, j int) bool {
		if people[i].age != people[j].age {
			return people[i].age < people[j].age
		}
		return people[i].name > people[j].name
	})
	fmt.Println(people)
	slices.SortStableFunc(people, func(a, b struct {
		name string
		age  int
	}) int {
		return -cmp.Compare(a.age, b.age)
	})
	fmt.Println(people)
	nums := []int{1, 3, 5, 7, 9}
	for _, x := range []int{0, 5, 6, 10} {
		i := sort.Search(len(nums), func(i int) bool { return nums[i] >= x })
		j, found := sort.Find(len(nums), func(i int) int { return cmp.Compare(x, nums[i]) })
		fmt.Print(i, sort.SearchInts(nums, x), j, found, " ")
	}
	fmt.Println()
	fs := []float64{2.5, -1, 0}
	sort.Float64s(fs)
	is := sort.IntSlice{3, 1, 2}
	is.Sort()
	fmt.Println(fs, is, sort.SearchStrings([]string{"a", "c"}, "b"), is.Search(3), sort.SliceIsSorted(nums, func(i, j int) bool { return nums[i] > nums[j] }))
	big := make([]int, 1000)
	for i := range big {
		big[i] = (i * 7919) % 1009
	}
	sort.Sort(sort.Reverse(sort.IntSlice(big)))
	fmt.Println(big[:5], big[995:], slices.IsSortedFunc(big, func(a, b int) int { return b - a }))
}
