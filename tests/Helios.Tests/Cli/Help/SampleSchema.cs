using Helios.Cli.Help;

namespace Helios.Tests.Cli.Help;

/// <summary>A command as ConsoleAppFramework 5.8.1 describes it.</summary>
internal static class SampleSchema
{
    internal const string Help = """
        Usage: show-chunk [arguments...] [options...] [-h|--help] [--version]

        Show one chunk of a job spec, for bootstrap scripts.

        Arguments:
          [0] <string?>    <job> Job spec, or - for standard input

        Options:
          --index <string?>          <N> Which chunk, from 0
          -o, --output <string?>     <FILE> Where to write [default: stdout]
          --workdir <string?>        <DIR> Where relative paths of the spec start
          -q, --quiet                Nothing on stderr

        """;

    internal static readonly CommandSchema Command = CommandSchema.Parse("show-chunk", Help);
}
