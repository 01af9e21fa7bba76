using System;
using System.IO;
using TUnit.Core;

namespace Helios.EndToEnd.Harness.Programs;

/// <summary>
/// An ffmpeg that is asked only once what it can do: a script on PATH before the real one, which repeats its answer to
/// <c>-h encoder=…</c> and becomes it for everything else. Each worker asks, and starting ffmpeg takes half as long as a small render.
/// </summary>
internal static class KnownEncoder
{
    private static readonly Lazy<TestDirectory> s_directory = new(Make);

    /// <summary>PATH with it.</summary>
    internal static string PathWithIt => $"{s_directory.Value.Path}:{Environment.GetEnvironmentVariable("PATH")}";

    [After(HookType.TestSession)]
    public static void Remove()
    {
        if (s_directory.IsValueCreated) s_directory.Value.Dispose();
    }

    private static TestDirectory Make()
    {
        string real = Tool.Find("ffmpeg", "ffmpeg");
        var directory = new TestDirectory("encoder");
        _ = ProgramFile.Write(directory.PathOf("ffmpeg"), $$"""
            #!/bin/sh
            case "$1 $2" in
              "-h encoder="*)
                answer='{{directory.Path}}'/${2#*=}
                if [ ! -e "$answer" ]; then
                  '{{real}}' "$@" >"$answer.$$" 2>"$answer.$$.banner" || exec '{{real}}' "$@"
                  mv "$answer.$$.banner" "$answer.banner"
                  mv "$answer.$$" "$answer"
                fi
                cat "$answer.banner" >&2
                exec cat "$answer"
                ;;
            esac
            exec '{{real}}' "$@"

            """);
        return directory;
    }
}
