using System;
using System.Collections.Generic;
using System.Text;

namespace Helios.EndToEnd.Harness.Documents;

/// <summary>Splits a command as a POSIX shell does, and refuses what a shell would do more with than split.</summary>
internal static class PosixWords
{
    internal static IReadOnlyList<string> Split(string command)
    {
        List<string> words = [];
        StringBuilder? word = null;
        for (int i = 0; i < command.Length; i++)
        {
            char c = command[i];
            if (c == ' ')
            {
                if (word is not null) words.Add(word.ToString());
                word = null;
                continue;
            }

            word ??= new StringBuilder();
            if (c == '\'')
            {
                int end = command.IndexOf('\'', i + 1);
                if (end < 0) throw new FormatException("a quote does not end: " + command);
                word.Append(command, i + 1, end - i - 1);
                i = end;
            }
            else if (c == '\\')
            {
                word.Append(command[++i]);
            }
            else if ("\"$`;&|<>()*?[]#~!{}\n\t".Contains(c, StringComparison.Ordinal) || (c == '=' && words.Count == 0))
            {
                throw new FormatException($"a shell would not take {c} for itself: {command}");
            }
            else
            {
                word.Append(c);
            }
        }

        if (word is not null) words.Add(word.ToString());
        return words;
    }
}
