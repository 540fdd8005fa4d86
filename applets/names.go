package applets

import (
	"sort"
	"strings"
)

// Names returns the names of all applets that can be linked to, sorted.
func Names() []string {
	var names []string
	for _, suite := range Suites() {
		for _, a := range suite.Rows {
			if a.Kind != command {
				names = append(names, a.Name)
			}
		}
	}
	sort.Strings(names)
	return names
}

// Nearest returns up to three names of applets that look like name, best
// first.
func Nearest(name string) []string {
	type candidate struct {
		name string
		cost int
	}
	var near []candidate
	for _, suite := range Suites() {
		for _, a := range suite.Rows {
			cost := distance(name, a.Name)
			if len(name) > 2 && (strings.HasSuffix(a.Name, "-"+name) || strings.HasPrefix(a.Name, name)) {
				cost = 1
			}
			if cost <= 1+len(name)/4 {
				near = append(near, candidate{a.Name, cost})
			}
		}
	}
	sort.SliceStable(near, func(i, j int) bool { return near[i].cost < near[j].cost })
	var names []string
	for _, c := range near[:min(len(near), 3)] {
		names = append(names, c.name)
	}
	return names
}

// distance is the number of letters to insert, remove, replace or swap with
// their neighbour to turn a into b.
func distance(a, b string) int {
	rows := make([][]int, len(a)+1)
	for i := range rows {
		rows[i] = make([]int, len(b)+1)
		rows[i][0] = i
	}
	for j := range rows[0] {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		for j := 1; j <= len(b); j++ {
			replace := 1
			if a[i-1] == b[j-1] {
				replace = 0
			}
			d := min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+replace)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, rows[i-2][j-2]+1)
			}
			rows[i][j] = d
		}
	}
	return rows[len(a)][len(b)]
}
