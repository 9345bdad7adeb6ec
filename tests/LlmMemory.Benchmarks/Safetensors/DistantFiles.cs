using System;
using System.Collections.Generic;
using System.IO;
using System.Threading;
using LlmMemory.Sources.Files;

namespace LlmMemory.Benchmarks.Safetensors;

/// <summary>Files that answer after a while, as those on the hub do.</summary>
/// <param name="files">The files.</param>
/// <param name="delay">How long each takes to answer.</param>
internal sealed class DistantFiles(LocalModelFiles files, TimeSpan delay) : IModelFiles
{
    public string Name => files.Name;

    public string Location => files.Location;

    public IReadOnlyList<ModelFile> Files => files.Files;

    public byte[] Read(string path, int maxBytes)
    {
        Thread.Sleep(delay);
        return files.Read(path, maxBytes);
    }

    public Stream Open(string path)
    {
        Thread.Sleep(delay);
        return files.Open(path);
    }
}
