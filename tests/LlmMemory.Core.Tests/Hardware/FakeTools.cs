using System;
using System.Collections.Generic;
using System.IO;

namespace LlmMemory.Core.Tests.Hardware;

/// <summary>
/// A folder of fake tools: scripts that print what a real one was recorded to print for the same arguments, and refuse
/// any others, or another locale than C.
/// </summary>
internal sealed partial class FakeTools : IDisposable
{
    private readonly TemporaryFolder? _own;
    private readonly Dictionary<string, string> _cases = [];

    public FakeTools()
    {
        _own = new TemporaryFolder();
        Folder = _own.Path;
    }

    private FakeTools(string folder)
    {
        Folder = folder;
    }

    public string Folder { get; }

    /// <summary>Fake tools in a folder that somebody else removes.</summary>
    public static FakeTools In(string folder)
    {
        Directory.CreateDirectory(folder);
        return new FakeTools(folder);
    }

    /// <summary>Has a tool print something for some arguments.</summary>
    public FakeTools Answer(string tool, string arguments, string output, int exitCode = 0, string errors = "")
    {
        var number = _cases.TryGetValue(tool, out var known) ? known.Split('\n').Length : 0;
        var (printed, said) = (Write($"{tool}.{number}.out", output), Write($"{tool}.{number}.err", errors));
        return Script(tool, arguments, $"/bin/cat '{said}' >&2; /bin/cat '{printed}'; exit {exitCode}");
    }

    /// <summary>Has a tool do something for some arguments.</summary>
    public FakeTools Script(string tool, string arguments, string script)
    {
        _cases[tool] = (_cases.TryGetValue(tool, out var known) ? known : string.Empty) + $"'{arguments}') {script};;\n";
        var path = Write(tool, $"#!/bin/sh\n[ \"$LC_ALL\" = C ] || exit 65\ncase \"$*\" in\n{_cases[tool]}*) echo \"unexpected: $*\" >&2; exit 64;;\nesac\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return this;
    }

    public string At(string relative)
    {
        return Path.Combine(Folder, relative);
    }

    public void Dispose()
    {
        _own?.Dispose();
    }

    private string Write(string relative, string text)
    {
        File.WriteAllText(At(relative), text);
        return At(relative);
    }
}
