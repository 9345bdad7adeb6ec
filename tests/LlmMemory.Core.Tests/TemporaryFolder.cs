using System;
using System.IO;

namespace LlmMemory.Core.Tests;

/// <summary>A folder of the test's own, gone when the test is over.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("llmmemory-").FullName;

    public string At(string relative)
    {
        return System.IO.Path.Combine(Path, relative);
    }

    /// <summary>Writes a file, with the folders above it.</summary>
    public string Write(string relative, string text)
    {
        var path = At(relative);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }

    public void Dispose()
    {
        Directory.Delete(Path, recursive: true);
    }
}
