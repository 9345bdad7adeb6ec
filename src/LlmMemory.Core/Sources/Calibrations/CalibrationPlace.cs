using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using LlmMemory.Errors;
using LlmMemory.Sources.Files;
using LlmMemory.Sources.Machine;

namespace LlmMemory.Sources.Calibrations;

/// <summary>
/// Where a calibration lies: a name in the user's folder for data of applications, or the path of a file. The folder
/// is LlmMemory/calibrations in %LOCALAPPDATA% on Windows, in ~/Library/Application Support on macOS, and elsewhere in
/// $XDG_DATA_HOME or ~/.local/share (XDG Base Directory Specification 0.8).
/// </summary>
public sealed class CalibrationPlace
{
    private const string Extension = ".json";

    private const int MaxNameLength = 64;

    // What Windows takes for a device, whatever follows the point.
    private static readonly string[] Devices = ["CON", "PRN", "AUX", "NUL", "COM", "LPT"];

    private CalibrationPlace(string name, string path)
    {
        Name = name;
        Path = path;
    }

    /// <summary>What names it again: the name, or the path.</summary>
    public string Name { get; }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>True where something lies there already.</summary>
    public bool IsTaken => File.Exists(Path);

    /// <summary>True where the user means a file and not a name: a folder stands before it, or .json behind it.</summary>
    /// <param name="reference">What the user wrote.</param>
    public static bool IsPath(string reference)
    {
        return reference is not null
            && (reference.IndexOfAny(['/', '\\']) >= 0 || reference.EndsWith(Extension, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The place that a user means.</summary>
    /// <param name="reference">A name, or a path; a relative one counts from the current directory of the process.</param>
    /// <param name="environment">The user's environment; that of this process when null.</param>
    /// <exception cref="LlmMemoryException"><see cref="ErrorIds.CalibrationNameInvalid"/>.</exception>
    public static CalibrationPlace Of(string reference, UserEnvironment? environment = null)
    {
        if (reference is null)
        {
            throw new ArgumentNullException(nameof(reference));
        }

        if (IsPath(reference))
        {
            return new CalibrationPlace(reference, reference);
        }

        if (!IsName(reference))
        {
            throw CalibrationError.BadName(reference);
        }

        return Folder(environment ?? UserEnvironment.Current) is { } folder
            ? new CalibrationPlace(reference, System.IO.Path.Combine(folder, reference + Extension))
            : throw CalibrationError.WithoutFolder(reference);
    }

    /// <summary>The names in the user's folder, sorted; empty where the folder cannot be read.</summary>
    /// <param name="environment">The user's environment; that of this process when null.</param>
    public static IReadOnlyList<string> Names(UserEnvironment? environment = null)
    {
        try
        {
            return Folder(environment ?? UserEnvironment.Current) is { } folder && Directory.Exists(folder)
                ? [.. Directory.EnumerateFiles(folder, "*" + Extension).Select(System.IO.Path.GetFileNameWithoutExtension).Where(IsName).OrderBy(name => name, StringComparer.OrdinalIgnoreCase)]
                : [];
        }
        catch (Exception error) when (FileError.IsAccess(error))
        {
            return [];
        }
    }

    private static string? Folder(UserEnvironment environment)
    {
        var data = environment.Platform switch
        {
            MachinePlatform.Windows => Rooted(environment.Folder("LOCALAPPDATA")) ?? Home(environment, "AppData", "Local"),
            MachinePlatform.MacOS => Home(environment, "Library", "Application Support"),
            _ => Rooted(environment.Folder("XDG_DATA_HOME")) ?? Home(environment, ".local", "share"),
        };
        return data is null ? null : System.IO.Path.Combine(data, "LlmMemory", "calibrations");
    }

    // Relative folders of the environment are to be ignored, says XDG.
    private static string? Rooted(string? folder)
    {
        return folder is not null && System.IO.Path.IsPathRooted(folder) ? folder : null;
    }

    private static string? Home(UserEnvironment environment, params string[] steps)
    {
        return environment.Home.Length == 0 ? null : environment.InHome(steps);
    }

    private static bool IsName(string name)
    {
        var stem = name.Split('.')[0].TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
        return name.Length is > 0 and <= MaxNameLength
            && name.All(letter => letter < 128 && (char.IsLetterOrDigit(letter) || letter is '-' or '_' or '.'))
            && char.IsLetterOrDigit(name[0])
            && name[name.Length - 1] != '.'
            && !Devices.Contains(stem, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The name.</summary>
    public override string ToString()
    {
        return Name;
    }
}
