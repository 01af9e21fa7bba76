using System;
using System.IO;

namespace Helios.Errors;

/// <summary>The names of reasons in events (docs/progress.md), and the mapping from the system's error numbers to reasons.</summary>
internal static class Reasons
{
    private const string DiskFull = "disk-full";
    private const string CannotCapture = "cannot-capture";
    private const int NoSpace = 28; // ENOSPC
    private const int QuotaExceeded = 122; // EDQUOT
    private const int LargestNumber = 4095; // of an error on Linux

    /// <summary>Its name in an event; null for <see cref="Reason.None"/>.</summary>
    internal static string? NameOf(Reason reason) => reason switch
    {
        Reason.DiskFull => DiskFull,
        Reason.CannotCapture => CannotCapture,
        _ => null,
    };

    /// <summary>The reason with a name; none for a name of a later version.</summary>
    internal static Reason Parse(string? name) => name switch
    {
        DiskFull => Reason.DiskFull,
        CannotCapture => Reason.CannotCapture,
        _ => Reason.None,
    };

    /// <summary>The reason that a HeliosException states, or that follows from the system error of a .NET exception.</summary>
    internal static Reason Of(Exception? error) => error is HeliosException known ? known.Reason
        : NumberOf(error) is NoSpace or QuotaExceeded ? Reason.DiskFull : Reason.None;

    /// <summary>The system's error number of a failed file operation; 0 where .NET has none.</summary>
    internal static int NumberOf(Exception? error) => error is IOException { HResult: > 0 and <= LargestNumber } ? error.HResult : 0;
}
