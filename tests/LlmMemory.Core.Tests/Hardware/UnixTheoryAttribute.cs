using System;
using Xunit;

namespace LlmMemory.Core.Tests.Hardware;

/// <summary>A theory that puts a fake tool on the path: a shell script, which Windows does not run as a program.</summary>
public sealed class UnixTheoryAttribute : TheoryAttribute
{
    public UnixTheoryAttribute()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip = "A fake tool is a shell script, which Windows does not run.";
        }
    }
}
