"""Each portal as a careful person would script it by hand, knowing its structure: the peer of the speed
benchmark, and the first test that a portal can be walked at all."""
