using System;
using System.IO;

namespace LlmMemory.Core.Tests;

/// <summary>
/// Finds reference material: files that the tests carry in Data/, and files of other owners that lie beside the
/// repository, in shared/data, on machines that have them.
/// </summary>
internal static class ReferenceData
{
    /// <summary>The folder of the repository.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>A file that the tests carry.</summary>
    public static string Carried(params string[] path)
    {
        return Path.Combine([Root, "tests", "LlmMemory.Core.Tests", "Data", .. path]);
    }

    /// <summary>A file or folder of shared/data; it may be absent.</summary>
    public static string Shared(params string[] path)
    {
        return Path.GetFullPath(Path.Combine([Root, "..", "shared", "data", .. path]));
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "LlmMemory.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests do not run inside the repository.");
    }
}
