using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Text;

namespace Helios.Errors;

/// <summary>Helpers for the text of error messages.</summary>
internal static class ErrorText
{
    private const int LongestShort = 300;
    private const char NotUtf8 = '\ufffd'; // stands for bytes of a name that are no text; the file cannot be named any more
    private const string NotUtf8Reason = "no such file or directory, or its name is not UTF-8: rename it";

    /// <summary>
    /// Escapes control characters (newlines in file names …) as <c>\u000A</c>, so that a message
    /// stays on one line and cannot harm a terminal.
    /// </summary>
    internal static string OneLine(string text)
    {
        if (text.AsSpan().IndexOfAnyInRange('\0', '\x1f') < 0 && text.AsSpan().IndexOfAnyInRange('\x7f', '\x9f') < 0) return text;

        var line = new StringBuilder();
        foreach (char c in text)
        {
            if (!char.IsControl(c)) line.Append(c);
            else line.Append("\\u00").Append(Convert.ToHexString([(byte)c]));
        }

        return line.ToString();
    }

    /// <summary>Truncates a text of arbitrary length, such as a data: URL; never splits a character.</summary>
    internal static string Shorten(string text, int most = LongestShort)
    {
        if (text.Length <= most) return text;
        int length = most - 3;
        if (char.IsHighSurrogate(text[length - 1])) length--;
        return string.Concat(text.AsSpan(0, length), "...");
    }

    /// <summary>
    /// Reason for the failure of a file operation, in the system's words without the path, which the message itself contains.
    /// </summary>
    internal static string Reason(Exception error)
    {
        if (error is UnauthorizedAccessException) return "permission denied";
        if (error is DirectoryNotFoundException or FileNotFoundException)
            return error.Message.Contains(NotUtf8, StringComparison.Ordinal) ? NotUtf8Reason : "no such file or directory";
        int number = Reasons.NumberOf(error);
        return number > 0 ? Marshal.GetPInvokeErrorMessage(number) : error.Message.TrimEnd('.');
    }
}
