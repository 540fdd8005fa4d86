package applets

import (
	"sort"
	"strings"

	"toolbox/internal/spell"
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
			cost := spell.Distance(name, a.Name)
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
