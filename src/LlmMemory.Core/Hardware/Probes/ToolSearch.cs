using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LlmMemory.Sources.Machine;

namespace LlmMemory.Hardware.Probes;

/// <summary>
/// Finds a tool by its full path: in the folders of PATH that are absolute, then where drivers install it. A tool in the
/// current folder is never taken.
/// </summary>
internal sealed class ToolSearch
{
    // /usr/lib/wsl/lib is Windows' driver seen from WSL, /usr/local/nvidia/bin the driver of a container host.
    private static readonly string[] Unix =
        ["/usr/bin", "/usr/sbin", "/usr/local/bin", "/opt/rocm/bin", "/usr/local/nvidia/bin", "/usr/lib/wsl/lib"];

    private readonly MachinePlatform _platform;

    public ToolSearch(GpuProbeOptions options)
    {
        _platform = options.Environment.Platform;
        Folders = options.Folders ?? [.. FromPath(options.Environment).Concat(Installed(options.Environment)).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The folders in order.</summary>
    public IReadOnlyList<string> Folders { get; }

    /// <summary>True for a tool that the system can have.</summary>
    /// <param name="tool">The tool.</param>
    public bool IsLookedFor(string tool)
    {
        return tool switch
        {
            "system_profiler" => _platform == MachinePlatform.MacOS,
            "reg" => _platform == MachinePlatform.Windows,
            _ => _platform != MachinePlatform.MacOS,
        };
    }

    /// <summary>The tool's full path; null where it is not there.</summary>
    /// <param name="tool">The tool.</param>
    public string? Find(string tool)
    {
        var file = _platform == MachinePlatform.Windows ? tool + ".exe" : tool;
        return IsLookedFor(tool) ? Folders.Select(folder => Path.Combine(folder, file)).FirstOrDefault(File.Exists) : null;
    }

    private static IEnumerable<string> FromPath(UserEnvironment environment)
    {
        return (environment.Variable("PATH") ?? string.Empty)
            .Split([Path.PathSeparator], StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => folder.Trim().Trim('"'))
            .Where(folder => IsUsable(folder) && Path.IsPathRooted(folder));
    }

    private static bool IsUsable(string folder)
    {
        return folder.Length > 0 && folder.IndexOfAny(Path.GetInvalidPathChars()) < 0;
    }

    private static string[] Installed(UserEnvironment environment)
    {
        return environment.Platform == MachinePlatform.Windows
            ? [.. Below(environment, "SystemRoot", "System32"), .. Below(environment, "ProgramFiles", @"NVIDIA Corporation\NVSMI")]
            : Unix;
    }

    private static string[] Below(UserEnvironment environment, string variable, string folder)
    {
        return environment.Variable(variable) is { } root ? [Path.Combine(root, folder)] : [];
    }
}
