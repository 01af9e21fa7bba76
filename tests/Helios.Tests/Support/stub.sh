#!/bin/sh
# Stands in for a program in tests (StubProgram.cs): does what the file next to the name that it was started by says.
. "$0.script"
