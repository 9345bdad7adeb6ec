using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading;

namespace LlmMemory.Hardware.Probes;

/// <summary>
/// A process and all that it starts, to be ended together. .NET Standard 2.0 ends only the process itself; its children
/// are known here by a mark in their environment, which they inherit even when their parent is gone (Linux), by their
/// parent (macOS), or by the system's own tool (Windows).
/// </summary>
internal sealed class ProcessFamily
{
    private const string Variable = "LLMMEMORY_TOOL_RUN";

    private const int EndMilliseconds = 2000;

    private const int PollMilliseconds = 10;

    private readonly string _mark = Guid.NewGuid().ToString("N");

    /// <summary>Marks a process that is about to start.</summary>
    /// <param name="start">How it will be started.</param>
    public void Mark(ProcessStartInfo start)
    {
        start.EnvironmentVariables[Variable] = _mark;
    }

    /// <summary>Ends the process and its children.</summary>
    /// <param name="process">The process.</param>
    public void End(Process process)
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            RunAndWait(Path.Combine(Environment.SystemDirectory, "taskkill.exe"), FormattableString.Invariant($"/T /F /PID {process.Id}"));
        }
        else if (RuntimeInformation.IsOSPlatform(OSPlatform.OSX))
        {
            RunAndWait("/usr/bin/pkill", FormattableString.Invariant($"-KILL -P {process.Id}"));
        }

        Kill(process);

        KillMarked();
        process.WaitForExit(EndMilliseconds);
    }

    // After the parent, so that it starts no further ones meanwhile; and again, for what a child had just started. One
    // that waits for a driver that hangs cannot be ended before the driver answers: it is not waited for without end.
    private void KillMarked()
    {
        var clock = Stopwatch.StartNew();
        for (var found = Marked(); found.Count > 0 && clock.ElapsedMilliseconds < EndMilliseconds; found = Marked())
        {
            found.ForEach(Kill);
            Thread.Sleep(PollMilliseconds);
        }
    }

    private static void Kill(int id)
    {
        try
        {
            using var child = Process.GetProcessById(id);
            Kill(child);
        }
        catch (ArgumentException)
        {
            // It has ended by itself.
        }
    }

    private static void Kill(Process process)
    {
        try
        {
            process.Kill();
        }
        catch (Exception error) when (error is InvalidOperationException or Win32Exception)
        {
            // It has ended by itself, or is just ending.
        }
    }

    private List<int> Marked()
    {
        return Directory.Exists("/proc/self")
            ? [.. Directory.GetDirectories("/proc").Select(Path.GetFileName).Where(HasMark).Select(int.Parse)]
            : [];
    }

    private bool HasMark(string id)
    {
        try
        {
            return id.All(char.IsDigit) && Encoding.UTF8.GetString(File.ReadAllBytes($"/proc/{id}/environ")).Contains($"{Variable}={_mark}");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Another user's process, or one that has just ended.
            return false;
        }
    }

    private static void RunAndWait(string path, string arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(path, arguments) { UseShellExecute = false, CreateNoWindow = true });
            process?.WaitForExit(EndMilliseconds);
        }
        catch (Win32Exception)
        {
            // The system lacks its tool: the process itself is ended all the same.
        }
    }
}
