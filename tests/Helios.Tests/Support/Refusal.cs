using System;
using Helios.Errors;

namespace Helios.Tests.Support;

/// <summary>Runs what must be refused and hands the refusal over.</summary>
internal static class Refusal
{
    internal static HeliosException Of(Action action)
    {
        try
        {
            action();
        }
        catch (HeliosException refusal)
        {
            return refusal;
        }

        throw new InvalidOperationException("nothing was refused");
    }

    /// <summary><c>64: what (where); fix</c>: exit code and whole message in one value to compare.</summary>
    internal static string TextOf(Action action)
    {
        HeliosException refusal = Of(action);
        return $"{(int)refusal.Code}: {refusal.Message}";
    }
}
