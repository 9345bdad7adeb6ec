using System.Collections.Generic;
using System.IO;
using LlmMemory.Sources.Files;

namespace LlmMemory.Fuzz.Checks;

/// <summary>A model of one file, in memory.</summary>
internal sealed class MemoryFile(string path, byte[] bytes) : IModelFiles
{
    public string Name => "sample";

    public string Location => "memory";

    public IReadOnlyList<ModelFile> Files { get; } = [new(path, bytes.Length)];

    public byte[] Read(string path, int maxBytes)
    {
        return bytes;
    }

    public Stream Open(string path)
    {
        return new MemoryStream(bytes, writable: false);
    }
}
