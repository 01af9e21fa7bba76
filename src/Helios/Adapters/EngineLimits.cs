using System;
using System.Globalization;
using Helios.Errors;

namespace Helios.Adapters;

/// <summary>Limits of engines, checked before anything is written: an engine would report them at submission, or hours later.</summary>
internal static class EngineLimits
{
    /// <exception cref="HeliosException">64: the condition does not hold.</exception>
    internal static void ThrowUnless(bool condition, string what, string where, string fix)
    {
        if (!condition) throw new HeliosException(ExitCode.Usage, what, where, fix);
    }

    /// <exception cref="HeliosException">64: above the engine's limit.</exception>
    internal static void ThrowIfAbove(long most, long value, string limit, string where, string fix) =>
        ThrowUnless(value <= most, string.Create(CultureInfo.InvariantCulture, $"{value} is more than the {most} {limit}"), where, fix);

    /// <exception cref="HeliosException">64: the document is larger than the engine accepts.</exception>
    internal static void ThrowIfTooLong(string document, int most, string engine)
    {
        int bytes = System.Text.Encoding.UTF8.GetByteCount(document);
        ThrowUnless(bytes <= most,
            string.Create(CultureInfo.InvariantCulture, $"the document has {bytes} bytes, more than the {most} that {engine} takes"),
            "--job-path", "shorten paths and names, or give each task several chunks with --chunks-per-task");
    }

    /// <summary>The engine would replace a mark of its template language in text of the job, and has no escape for it.</summary>
    /// <exception cref="HeliosException">64: the mark is in the text.</exception>
    internal static void ThrowIfReplaced(string mark, string text, string engine, string where) =>
        ThrowUnless(!text.Contains(mark, StringComparison.Ordinal), $"\"{text}\" holds {mark}, which {engine} would replace", where,
            "use a path without it");

    /// <summary>The same for each word of <c>--then</c> and its options.</summary>
    /// <exception cref="HeliosException">64: the mark is in one of them.</exception>
    internal static void ThrowIfReplaced(string mark, AdapterOptions options, string engine)
    {
        foreach (string word in options.MergeOptions)
        {
            ThrowUnless(!word.Contains(mark, StringComparison.Ordinal), $"\"{word}\" holds {mark}, which {engine} would replace", "--then",
                "write it otherwise, or into a script that tasks have");
        }
    }
}
