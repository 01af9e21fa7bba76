using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using Helios.Errors;
using Helios.Os.Files;
using Helios.Text;

namespace Helios.Browser.Fonts;

/// <summary>
/// A private configuration of fontconfig, for one browser: the fonts of a directory are there as if installed, and of the families in it
/// no others. Nothing is installed.
/// </summary>
internal static class FontConfiguration
{
    private const string Name = "fonts.conf";
    private const string Usual = "/etc/fonts/fonts.conf";

    /// <summary>Writes it.</summary>
    /// <param name="directory">Directory of the browser's profile.</param>
    /// <param name="fonts">Absolute path of the directory with the fonts.</param>
    /// <returns>Path of the configuration, for <c>FONTCONFIG_FILE</c>.</returns>
    internal static string Write(string directory, string fonts)
    {
        var families = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        string[] names = FontFiles.List(fonts);
        foreach (string name in names)
        {
            string path = Path.Combine(fonts, name);
            using FileStream file = InputFile.OpenRegular(path, path);
            families.UnionWith(FontNames.FamiliesOf(file));
        }

        string system = Environment.GetEnvironmentVariable("FONTCONFIG_FILE") is { Length: > 0 } own ? own : Usual;
        string text = Make(fonts, names, OrdinalOrder.Sort(families), system, Path.Combine(directory, "fontconfig"));
        string configuration = Path.Combine(directory, Name);
        TextFile.Write(configuration, text);
        return configuration;
    }

    /// <summary>The text of the configuration.</summary>
    /// <param name="fonts">Directory with the fonts.</param>
    /// <param name="names">The files in it.</param>
    /// <param name="families">The families of those files.</param>
    /// <param name="system">The system's configuration.</param>
    /// <param name="cache">Directory for the cache, which fontconfig makes.</param>
    internal static string Make(string fonts, IEnumerable<string> names, IEnumerable<string> families, string system, string cache)
    {
        var text = new StringBuilder("<?xml version=\"1.0\"?>\n<!DOCTYPE fontconfig SYSTEM \"urn:fontconfig:fonts.dtd\">\n<fontconfig>\n");
        text.Append("<dir>").Append(Escape(fonts)).Append("</dir>\n");
        text.Append("<cachedir>").Append(Escape(cache)).Append("</cachedir>\n"); // first: nothing is written to the user's
        text.Append("<include ignore_missing=\"yes\">").Append(Escape(system)).Append("</include>\n<selectfont>\n");
        text.Append("<rejectfont><glob>").Append(Escape(fonts)).Append("/*</glob></rejectfont>\n"); // but for these:
        foreach (string name in names)
        {
            text.Append("<acceptfont><glob>").Append(Escape(Path.Combine(fonts, name))).Append("</glob></acceptfont>\n");
            AppendPattern(text, "acceptfont", "file", Path.Combine(fonts, name));
        }

        foreach (string family in families) AppendPattern(text, "rejectfont", "family", family);
        return text.Append("</selectfont>\n</fontconfig>\n").ToString();
    }

    private static void AppendPattern(StringBuilder text, string verdict, string property, string value) =>
        text.Append('<').Append(verdict).Append("><pattern><patelt name=\"").Append(property).Append("\"><string>")
            .Append(Escape(value)).Append("</string></patelt></pattern></").Append(verdict).Append(">\n");

    private static string Escape(string value) =>
        value.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
}
