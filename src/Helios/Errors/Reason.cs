namespace Helios.Errors;

/// <summary>Why something failed, as far as code decides on it beside the exit code. Texts are for people only.</summary>
internal enum Reason
{
    /// <summary>The exit code says all that code needs to know.</summary>
    None,

    /// <summary>A disk or a quota is full: waiting does not help, room does.</summary>
    DiskFull,
}
