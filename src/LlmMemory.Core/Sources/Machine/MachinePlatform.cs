namespace LlmMemory.Sources.Machine;

/// <summary>The families of operating systems that keep caches in different places.</summary>
public enum MachinePlatform
{
    /// <summary>Linux, and everything that keeps to the XDG folders.</summary>
    Linux,

    /// <summary>Windows.</summary>
    Windows,

    /// <summary>macOS.</summary>
    MacOS,
}
