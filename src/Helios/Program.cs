using System;
using ConsoleAppFramework;
using Helios.Cli;

// The framework binds and invokes; Cli/Shell decides everything that a user can notice.
ConsoleApp.Version = "helios " + Versions.Text;
var app = ConsoleApp.Create();
app.Add<JobCommands>();
app.Add<RenderCommands>();
app.Add<MergeCommands>();
return Shell.Run(args, words => app.Run(words)); // a lambda: the generator looks for a call of Run
