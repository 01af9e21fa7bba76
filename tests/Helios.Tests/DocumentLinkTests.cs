using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using Helios.Tests.Support;

namespace Helios.Tests;

/// <summary>Links between the documents: the file is there, and so is the heading.</summary>
internal sealed partial class DocumentLinkTests
{
    public static IEnumerable<string> Documents() =>
        new[] { "docs", "examples", ".github" }
            .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.md", SearchOption.AllDirectories))
            .Concat(Directory.EnumerateFiles(Repository.Root, "*.md"))
            .Select(file => Path.GetRelativePath(Repository.Root, file));

    [Test]
    [MethodDataSource(nameof(Documents))]
    public async Task Links_lead_somewhere(string document)
    {
        string file = Repository.PathOf(document);
        IEnumerable<string> links = LinkPattern().Matches(WithoutCode(file)).Select(match => match.Groups[1].Value)
            .Where(link => !link.Contains("://", StringComparison.Ordinal));

        string[] dead = [.. links.Where(link => !Exists(file, link))];

        await Assert.That(dead).IsEmpty().Because(string.Join(' ', dead));
    }

    /// <summary>A page that is shown in a README is small.</summary>
    [Test]
    public async Task Pictures_of_the_examples_are_small()
    {
        var pictures = new DirectoryInfo(Repository.PathOf("examples")).EnumerateFiles("*.png", SearchOption.AllDirectories).ToArray();

        await Assert.That(pictures.Where(picture => picture.Length > 60_000).Select(picture => picture.FullName)).IsEmpty();
        await Assert.That(pictures).IsNotEmpty();
    }

    private static bool Exists(string file, string link)
    {
        string[] parts = link.Split('#');
        string target = parts[0].Length == 0 ? file : Path.GetFullPath(Path.Combine(Path.GetDirectoryName(file)!, parts[0]));
        if (parts.Length == 1 || !target.EndsWith(".md", StringComparison.Ordinal)) return File.Exists(target) || Directory.Exists(target);
        if (!File.Exists(target)) return false;
        string text = WithoutCode(target);
        return text.Contains($"<a id=\"{parts[1]}\">", StringComparison.Ordinal)
            || text.Split('\n').Any(line => line.StartsWith('#') && SlugOf(line) == parts[1]);
    }

    /// <summary>As GitHub makes it.</summary>
    private static string SlugOf(string heading) =>
        NoSlugPattern().Replace(heading.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-');

    private static string WithoutCode(string file) => FencePattern().Replace(File.ReadAllText(file), "");

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex LinkPattern();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NoSlugPattern();

    [GeneratedRegex(@"^```.*?^```", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex FencePattern();
}
