using System;
using System.Diagnostics;
using System.IO;
using LlmMemory.Errors;

namespace LlmMemory.Hardware.Probes;

/// <summary>A tool on this machine, called with fixed arguments; all calls share one time-out.</summary>
internal sealed class GpuTool
{
    private readonly GpuProbeOptions _options;
    private readonly Stopwatch _clock = Stopwatch.StartNew();

    public GpuTool(string path, GpuProbeOptions options)
    {
        Path = path;
        _options = options;
    }

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>The tool as people call it.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>The folder that it lies in.</summary>
    public string Folder => System.IO.Path.GetDirectoryName(Path)!;

    /// <summary>Runs the tool, however it ends.</summary>
    /// <param name="arguments">Its arguments; none of them comes from a user.</param>
    /// <exception cref="LlmMemoryException">It cannot be started, does not end in time, or prints more than it can mean.</exception>
    public ToolOutput Run(string arguments)
    {
        return Run(Path, arguments);
    }

    /// <summary>What the tool prints.</summary>
    /// <param name="arguments">Its arguments; none of them comes from a user.</param>
    /// <exception cref="LlmMemoryException">As <see cref="Run(string)"/>, or it ends with an error.</exception>
    public string Read(string arguments)
    {
        var output = Run(arguments);
        return output.ExitCode == 0 ? output.Text : throw ToolErrors.Failed(this, output);
    }

    /// <summary>What another tool of the system prints, within this one's time; null where it is not there or fails.</summary>
    /// <param name="file">Its file, beside this tool or with a full path.</param>
    /// <param name="arguments">Its arguments; none of them comes from a user.</param>
    public string? ReadBeside(string file, string arguments)
    {
        var path = System.IO.Path.Combine(Folder, file);
        return File.Exists(path) && Run(path, arguments) is { ExitCode: 0 } output ? output.Text : null;
    }

    /// <summary>Reads what is good to have and no reason to leave a device out; a failure is told.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="read">Reads it.</param>
    /// <param name="otherwise">What stands in its place.</param>
    public T Try<T>(Func<T> read, T otherwise)
    {
        try
        {
            return read();
        }
        catch (LlmMemoryException error)
        {
            _options.Problem?.Invoke(error);
            return otherwise;
        }
    }

    private ToolOutput Run(string path, string arguments)
    {
        _options.Running?.Invoke($"{path} {arguments}");
        return new ToolProcess(this, path, arguments, _options.Timeout, _options.Timeout - _clock.Elapsed, _options.Cancellation).Run();
    }
}
