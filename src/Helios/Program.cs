using System;
using ConsoleAppFramework;
using Helios.Cli;
using Helios.Cli.Commands;
using Helios.Cli.Help;
using Helios.Os;
using Helios.Text;

// The framework binds and invokes; Cli/Help/Shell decides everything that a user can notice.
ConsoleApp.Version = "helios " + Versions.Text;
var app = ConsoleApp.Create();
app.Add<JobCommands>();
app.Add<RenderCommands>();
app.Add<MergeCommands>();
app.Add<EstimateCommands>();
app.Add<StoreCommands>();
app.Add<AdapterOptionCommands>("adapt");
app.Add<CloudCommands>("adapt");
app.Add<ClusterCommands>("adapt");
app.Add<BatchSystemCommands>("adapt");
app.Add<ContainerCommands>("adapt");
app.Add<RunCommands>();
return Shell.Run(args, words => app.Run(words)); // a lambda: the generator looks for a call of Run

namespace ConsoleAppFramework
{
    /// <summary>
    /// What the framework's code means by <c>Console</c>: it writes by it until the shell gives it something else. The system's has
    /// terminals, encodings and a thread (docs/decisions/0003).
    /// </summary>
    internal static class Console
    {
        internal static void WriteLine(string text) => StandardStreams.WriteError(text);
    }
}
