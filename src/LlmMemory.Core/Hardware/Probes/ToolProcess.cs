using System;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Text;
using System.Threading;

namespace LlmMemory.Hardware.Probes;

/// <summary>
/// One run of a tool: without a shell, its locale that of C, both of its streams read as they come, and ended with all
/// that it started when it takes too long, prints too much, or is called off.
/// </summary>
internal sealed class ToolProcess
{
    // nvidia-smi -q -x of 16 GPUs is below one MiB.
    private const int MaxOutput = 4 << 20;

    private const int MaxErrors = 64 << 10;

    private const int PollMilliseconds = 10;

    private readonly GpuTool _tool;
    private readonly string _path;
    private readonly string _arguments;
    private readonly TimeSpan _timeout;
    private readonly TimeSpan _remaining;
    private readonly CancellationToken _cancellation;
    private readonly ProcessFamily _family = new();

    public ToolProcess(GpuTool tool, string path, string arguments, TimeSpan timeout, TimeSpan remaining, CancellationToken cancellation)
    {
        _tool = tool;
        _path = path;
        _arguments = arguments;
        _timeout = timeout;
        _remaining = remaining;
        _cancellation = cancellation;
    }

    /// <summary>Runs the tool to its end.</summary>
    public ToolOutput Run()
    {
        using var process = new Process { StartInfo = StartInfo() };
        Start(process);
        var output = new BoundedReader(process.StandardOutput.BaseStream, MaxOutput);
        var errors = new BoundedReader(process.StandardError.BaseStream, MaxErrors);
        try
        {
            process.StandardInput.Close();
            Wait(process, output, errors);
            return new ToolOutput(process.ExitCode, output.Text, errors.Text);
        }
        finally
        {
            if (!IsOver(process, output, errors))
            {
                _family.End(process);
            }
        }
    }

    private ProcessStartInfo StartInfo()
    {
        var start = new ProcessStartInfo(_path, _arguments)
        {
            UseShellExecute = false,
            CreateNoWindow = true,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(_path),
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.EnvironmentVariables["LC_ALL"] = "C";
        start.EnvironmentVariables["LANG"] = "C";
        _family.Mark(start);
        return start;
    }

    private void Start(Process process)
    {
        try
        {
            process.Start();
        }
        catch (Win32Exception error)
        {
            throw ToolErrors.NotStarted(_tool, error);
        }
    }

    private void Wait(Process process, BoundedReader output, BoundedReader errors)
    {
        var clock = Stopwatch.StartNew();
        while (!IsOver(process, output, errors))
        {
            _cancellation.ThrowIfCancellationRequested();
            if (output.IsTooLong)
            {
                throw ToolErrors.TooLong(_tool, _arguments, MaxOutput);
            }

            if (clock.Elapsed >= _remaining)
            {
                throw ToolErrors.TimedOut(_tool, _arguments, _timeout);
            }

            process.WaitForExit(PollMilliseconds);
            output.Wait(process.HasExited ? PollMilliseconds : 0);
        }
    }

    // A child that outlives the tool keeps the streams open: the run is over when they are closed, too.
    private static bool IsOver(Process process, BoundedReader output, BoundedReader errors)
    {
        return process.HasExited && output.IsDone && errors.IsDone && !output.IsTooLong;
    }
}
