using System;
using ConsoleAppFramework;
using Helios.Cli;
using Helios.Cli.Commands;
using Helios.Cli.Help;
using Helios.Text;

// The framework binds and invokes; Cli/Shell decides everything that a user can notice.
ConsoleApp.Version = "helios " + Versions.Text;
var app = ConsoleApp.Create();
app.Add<JobCommands>();
app.Add<RenderCommands>();
app.Add<MergeCommands>();
app.Add<AdapterOptionCommands>("adapt");
app.Add<CloudCommands>("adapt");
app.Add<ClusterCommands>("adapt");
app.Add<RunCommands>();
return Shell.Run(args, words => app.Run(words)); // a lambda: the generator looks for a call of Run
