namespace Helios.Text;

/// <summary>The version of this binary, as in <c>helios --version</c>.</summary>
internal static class Versions
{
    /// <summary><c>0.1.0 (0123456789ab)</c>; the commit is missing in a build outside a checkout.</summary>
    internal static string Text => BuildFacts.Commit.Length == 0 ? BuildFacts.Version : $"{BuildFacts.Version} ({BuildFacts.Commit})";

    internal static string Line => $"helios {Text}\n";
}
