using System;
using System.Collections.Generic;
using System.IO;

namespace LlmMemory.Sources.Files;

/// <summary>Files of a model that tell of each reading, for a user who wants to know what was read.</summary>
internal sealed class ReportingModelFiles : IModelFiles
{
    private readonly IModelFiles _files;
    private readonly IProgress<FileReading> _readings;

    private ReportingModelFiles(IModelFiles files, IProgress<FileReading> readings)
    {
        _files = files;
        _readings = readings;
    }

    /// <inheritdoc/>
    public string Name => _files.Name;

    /// <inheritdoc/>
    public string Location => _files.Location;

    /// <inheritdoc/>
    public IReadOnlyList<ModelFile> Files => _files.Files;

    /// <summary>The files, telling of what is read of them where somebody wants to know.</summary>
    /// <param name="files">The files.</param>
    /// <param name="readings">Who wants to know, from the threads that read; nobody when null.</param>
    public static IModelFiles Of(IModelFiles files, IProgress<FileReading>? readings)
    {
        return readings is null ? files : new ReportingModelFiles(files, readings);
    }

    /// <inheritdoc/>
    public byte[] Read(string path, int maxBytes)
    {
        var bytes = _files.Read(path, maxBytes);
        _readings.Report(new FileReading(path, bytes.Length));
        return bytes;
    }

    /// <inheritdoc/>
    public Stream Open(string path)
    {
        return new ReportingStream(_files.Open(path), path, _readings);
    }

    public override string ToString()
    {
        return Location;
    }
}
