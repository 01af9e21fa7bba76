using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Helios.Errors;
using Helios.Jobs;
using Helios.Os.Files;

namespace Helios.Page.Requests;

/// <summary>
/// Finds out whether a page draws HTML in canvas elements, for which the browser needs a flag: whether its text names one of the calls, or
/// that of a composition that it refers to. To other pages the calls do not exist (docs/decisions/0021).
/// </summary>
internal static class HtmlInCanvas
{
    private const string Reference = "data-composition-src";
    private const string Blanks = " \t\n\f\r";
    private const int MostFiles = 1000; // that are looked through

    private static readonly string[] s_names =
    [
        "layoutsubtree", "drawElementImage", "captureElementImage", "texElementImage2D", "copyElementImageToTexture", "HTMLTexture",
    ];

    /// <param name="url">URL of the page.</param>
    /// <param name="file">Its file.</param>
    /// <param name="root">The project directory.</param>
    /// <param name="reads">Notes the compositions that were looked through: the answer depends on them.</param>
    internal static bool IsNamed(string url, string file, string root, PageReads reads)
    {
        string text = TextFile.Read(file);
        List<string> found = []; // URLs
        for (int next = 0; ; next++)
        {
            if (IsIn(text)) return true;
            foreach (string source in FindReferences(text))
            {
                string part = Resolve(source, url); // as compositions.js: always from the page, not from what refers to another
                if (part != url && found.Count < MostFiles && !found.Contains(part)) found.Add(part);
            }

            if (next == found.Count) return false;
            text = Read(found[next], root, reads);
        }
    }

    /// <summary>Refuses what a page loads and was not found before: the browser was started without the calls.</summary>
    /// <param name="type">Media type of the file.</param>
    /// <param name="body">Its content.</param>
    /// <param name="file">Its path.</param>
    /// <exception cref="HeliosException">65: a document that names one of the calls.</exception>
    internal static void ThrowIfIn(string type, byte[] body, string file)
    {
        if (!type.StartsWith("text/html", StringComparison.Ordinal) || !IsIn(Encoding.UTF8.GetString(body))) return;
        throw new HeliosException(ExitCode.Invalid, "the page loads a document that draws HTML in a canvas element, and does not say so",
            file, "add <meta name=\"uses\" content=\"layoutsubtree\"> to the composition");
    }

    private static bool IsIn(string text) => Array.Exists(s_names, name => text.Contains(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The values of the attribute, in whichever way HTML lets them be written.</summary>
    private static IEnumerable<string> FindReferences(string text)
    {
        for (int at = 0; (at = text.IndexOf(Reference, at, StringComparison.OrdinalIgnoreCase)) >= 0;)
        {
            at = SkipBlanks(text, at + Reference.Length);
            if (at == text.Length || text[at] != '=') continue;
            at = SkipBlanks(text, at + 1);
            if (at == text.Length) yield break;
            bool isQuoted = text[at] is '"' or '\'';
            int end = isQuoted ? text.IndexOf(text[at], ++at) : text.IndexOfAny([.. Blanks, '>'], at);
            if (end < 0) yield break;
            yield return text[at..end].Trim([.. Blanks]).Replace("&amp;", "&", StringComparison.Ordinal);
            at = end;
        }
    }

    private static int SkipBlanks(string text, int at)
    {
        while (at < text.Length && Blanks.Contains(text[at], StringComparison.Ordinal)) at++;
        return at;
    }

    /// <summary>A reference of the page as a URL. What leads to another site has a name here that no file has.</summary>
    private static string Resolve(string source, string page)
    {
        if (source.StartsWith(CompositionServer.Origin, StringComparison.Ordinal)) source = "/" + source[CompositionServer.Origin.Length..];
        string path = CompositionUrl.WithoutSuffix(page)[CompositionServer.Origin.Length..];
        List<string> steps = source.StartsWith('/') ? [] : [.. path.Split('/')[..^1]];
        foreach (string step in CompositionUrl.WithoutSuffix(source).Split('/', '\\'))
        {
            if (step == "..") steps.RemoveRange(Math.Max(0, steps.Count - 1), Math.Min(1, steps.Count));
            else if (step is not "" and not ".") steps.Add(step);
        }

        return CompositionServer.Origin + string.Join('/', steps);
    }

    /// <summary>Nothing if it cannot be read: the page does not get it either, and says so.</summary>
    private static string Read(string url, string root, PageReads reads)
    {
        if (!CompositionServer.TryGetName(root, url, out string name)) return "";
        if (CompositionServer.Locate(root, url, out _) is not string file) return "";
        try
        {
            using FileStream stream = InputFile.OpenRegular(file, file);
            return Encoding.UTF8.GetString(reads.Read(name, stream, 0, Math.Min(stream.Length, Array.MaxLength)));
        }
        catch (Exception error) when (error is IOException or HeliosException { Code: ExitCode.NoInput } or OutOfMemoryException)
        {
            return "";
        }
    }
}
