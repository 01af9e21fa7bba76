using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using Helios.Browser.Fonts;
using Helios.Errors;
using Helios.Os.Files;

namespace Helios.Run.Checks;

/// <summary>
/// The fonts of this machine: families that pages name, and scripts. A page whose font is missing is drawn in another one; a
/// character that no font has is drawn as a box.
/// </summary>
internal static class FontCheck
{
    /// <summary>A family that pages name, those with its measures, and the Debian package.</summary>
    private static readonly (string Family, string[] Same, string Package)[] s_families =
    [
        ("Arial", ["Arial", "Liberation Sans", "Arimo"], "fonts-liberation"),
        ("Times New Roman", ["Times New Roman", "Liberation Serif", "Tinos"], "fonts-liberation"),
        ("Courier New", ["Courier New", "Liberation Mono", "Cousine"], "fonts-liberation"),
    ];

    /// <summary>A script, a character of it, and a Debian package.</summary>
    private static readonly (string Script, int Character, string Package)[] s_scripts =
    [
        ("Latin", 'A', "fonts-dejavu-core"), ("Greek", 'Ω', "fonts-dejavu-core"), ("Cyrillic", 'Ж', "fonts-dejavu-core"),
        ("emoji", 0x1f600, "fonts-noto-color-emoji"), ("Chinese", '漢', "fonts-noto-cjk"), ("Japanese", 'か', "fonts-noto-cjk"),
        ("Korean", '한', "fonts-noto-cjk"), ("Arabic", 'ع', "fonts-dejavu-core"),
    ];

    /// <param name="folders">Directories of fonts.</param>
    /// <param name="findings">Gets the result.</param>
    internal static void Run(string[] folders, Findings findings)
    {
        var families = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var characters = new HashSet<int>();
        int files = 0;
        foreach (string folder in folders) files += Add(folder, families, characters);
        var missing = new List<string>();
        var packages = new List<string>();
        foreach (var (family, same, package) in s_families)
            if (!Array.Exists(same, families.Contains)) Note(family, package);
        string common = string.Join(", ", missing);
        missing.Clear();
        foreach (var (script, character, package) in s_scripts)
            if (!characters.Contains(character)) Note(script, package);

        string found = string.Create(CultureInfo.InvariantCulture, $"{families.Count} families in {files} files");
        string fix = $"apt-get install {string.Join(' ', packages)}, or give the job its fonts with --fonts DIR";
        if (files == 0) findings.Fail("fonts", "there are none, so no text is drawn", fix);
        else if (missing.Count > 0) findings.Warn("fonts", $"{found}; no characters of {string.Join(", ", missing)}{With(common)}", fix);
        else if (common.Length > 0) findings.Warn("fonts", $"{found}{With(common)}", fix);
        else findings.Ok("fonts", found + ", with emoji, Chinese, Japanese, Korean and Arabic");

        void Note(string name, string package)
        {
            missing.Add(name);
            if (!packages.Contains(package)) packages.Add(package);
        }
    }

    private static string With(string families) => families.Length == 0 ? "" : $"; nothing in the place of {families}";

    private static int Add(string folder, HashSet<string> families, HashSet<int> characters)
    {
        int[] wanted = Array.ConvertAll(s_scripts, static script => script.Character);
        try
        {
            string[] names = FontFiles.List(folder);
            foreach (string name in names)
            {
                string path = Path.Combine(folder, name);
                using FileStream file = InputFile.OpenRegular(path, path);
                families.UnionWith(FontNames.FamiliesOf(file));
                FontCoverage.Add(file, wanted, characters);
            }

            return names.Length;
        }
        catch (HeliosException)
        {
            return 0; // cannot be read, so the browser does not use it either
        }
    }
}
