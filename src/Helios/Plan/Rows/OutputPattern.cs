using System;
using System.Collections.Generic;
using System.Text;
using Helios.Errors;
using Helios.Jobs;

namespace Helios.Plan.Rows;

/// <summary>
/// The name of a row's video: <c>out/{customer}/{id}.mp4</c>, where <c>{field}</c> stands for a field of the row; <c>{{</c> and
/// <c>}}</c> are braces. A field is part of one name: what leads into another directory is refused.
/// </summary>
internal sealed class OutputPattern
{
    private const string Option = "--output";

    private readonly List<Part> _parts = [];
    private readonly string[] _names;

    /// <param name="typed">As typed.</param>
    /// <exception cref="HeliosException">64: a brace has no partner, a field no name, or the extension depends on the row.</exception>
    internal OutputPattern(string typed)
    {
        _names = typed.Split('/');
        var text = new StringBuilder();
        for (int i = 0; i < typed.Length; i++)
        {
            char c = typed[i];
            bool isBrace = c is '{' or '}';
            bool isDoubled = isBrace && i + 1 < typed.Length && typed[i + 1] == c;
            if (!isBrace || isDoubled)
            {
                text.Append(c);
                if (isDoubled) i++;
                continue;
            }

            AddText(text);
            string field = ReadField(typed, i);
            _parts.Add(new Part(field, isField: true));
            i += field.Length + 1;
        }

        AddText(text);
        if (Container.Of(Last) is null || !Last.Contains('.', StringComparison.Ordinal))
            throw Wrong($"\"{typed}\" does not end with the extension of a video");
        if (Container.Of(Last) is { IsSequence: true })
            throw Wrong("a row is a video or GIF, not many images");
    }

    /// <summary>The part that is the same for all rows, up to its last slash.</summary>
    internal string FixedDirectory => _parts[0].IsField ? "" : _parts[0].Text[..(_parts[0].Text.LastIndexOf('/') + 1)];

    /// <summary>A name of the same kind without fields, for what depends on the extension alone.</summary>
    internal string Example => "row" + Last[Last.LastIndexOf('.')..];

    private string Last => _parts.Count == 0 || _parts[^1].IsField ? "" : _parts[^1].Text;

    /// <summary>The name for a row.</summary>
    /// <param name="props">Its props, a JSON object.</param>
    /// <param name="where">The row, for messages.</param>
    /// <exception cref="HeliosException">65: a field is missing or cannot be part of a name.</exception>
    internal string Format(ReadOnlyMemory<byte> props, string where)
    {
        var name = new StringBuilder();
        foreach (Part part in _parts)
            name.Append(part.IsField ? Check(part.Text, RowProps.Find(props, part.Text, where), where) : part.Text);
        string path = name.ToString();
        CheckNames(path, where);
        return path;
    }

    private static string Check(string field, string? value, string where)
    {
        if (value is null)
        {
            throw new HeliosException(ExitCode.Invalid, $"the row has no \"{field}\", which the name of its video needs", where,
                $"give it one, or leave {{{field}}} out of --output");
        }

        string? wrong = value.Length == 0 ? "is empty"
            : value.AsSpan().IndexOfAny('/', '\\') >= 0 ? "would lead into another directory"
            : value.AsSpan().IndexOfAnyInRange('\0', '\x1f') >= 0 || value.AsSpan().IndexOfAnyInRange('\x7f', '\x9f') >= 0
                ? "holds a control character"
            : null;
        if (wrong is null) return value;
        throw Refuse(field, value, wrong, where);
    }

    /// <summary>Fields hold no slash, so the names of the path and of the pattern are one to one.</summary>
    private void CheckNames(string path, string where)
    {
        string[] names = path.Split('/');
        for (int i = 0; i < names.Length; i++)
        {
            if (names[i] == _names[i] || JobPaths.CheckFile(names[i]) is not string what) continue; // what is typed is checked by the plan
            throw new HeliosException(ExitCode.Invalid,
                $"\"{ErrorText.Shorten(names[i])}\" cannot be a name in the path of the row's video: {what}", where,
                "give the row other values");
        }
    }

    private static string ReadField(string typed, int start)
    {
        int end = typed[start] == '}' ? -1 : typed.IndexOf('}', start);
        if (end < 0) throw Wrong($"\"{typed}\" has a brace without its partner");
        string field = typed[(start + 1)..end];
        if (field.Length == 0) throw Wrong($"\"{typed}\" has a field without a name");
        return field.AsSpan().IndexOfAny('/', '{') < 0 ? field : throw Wrong($"\"{typed}\" has a field with a brace or slash in its name");
    }

    private void AddText(StringBuilder text)
    {
        if (text.Length > 0) _parts.Add(new Part(text.ToString(), isField: false));
        text.Clear();
    }

    private static HeliosException Refuse(string field, string value, string wrong, string where) => new(ExitCode.Invalid,
        $"\"{field}\" is \"{ErrorText.OneLine(ErrorText.Shorten(value))}\", which {wrong}, and names the video", where,
        "give the row another value");

    private static HeliosException Wrong(string what) => new(ExitCode.Usage, what, Option,
        "write a path such as 'out/{id}.mp4': {field} for a field of the row, {{ and }} for braces");

    /// <summary>A piece of the pattern.</summary>
    private sealed class Part(string text, bool isField)
    {
        /// <summary>Itself, or the name of the field.</summary>
        internal string Text => text;

        internal bool IsField => isField;
    }
}
