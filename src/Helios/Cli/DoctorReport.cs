using System.Text;
using Helios.Errors;
using Helios.Os;
using Helios.Render;

namespace Helios.Cli;

/// <summary>Output of doctor: one line for each check, and the fix below each failure.</summary>
internal static class DoctorReport
{
    internal static ExitCode Print(string? browser, string? encoder)
    {
        var text = new StringBuilder();
        using var interrupts = new Interrupts();
        bool isFine = Doctor.Run(browser, encoder, interrupts, line =>
        {
            text.Append(line.Fix is null ? "ok     " : "wrong  ").Append(line.Name).Append(": ").Append(ErrorText.OneLine(line.Found))
                .Append('\n');
            if (line.Fix is not null) text.Append("       ").Append(ErrorText.OneLine(line.Fix)).Append('\n');
        });
        StandardStreams.WriteOutput(text.ToString());
        return isFine ? ExitCode.Ok : ExitCode.Unavailable;
    }
}
