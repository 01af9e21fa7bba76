namespace Helios.Transfer;

/// <summary>Whose store an address names, which decides the program that reads it.</summary>
internal enum StoreKind
{
    S3,
    Google,
    Azure,
    Rclone,

    /// <summary>Any scheme; its user names the program.</summary>
    Other,
}
