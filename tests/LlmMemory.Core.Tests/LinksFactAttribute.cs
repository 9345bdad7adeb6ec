using System;
using Xunit;

namespace LlmMemory.Core.Tests;

/// <summary>A fact that needs symbolic links, which Windows lets only some users make.</summary>
public sealed class LinksFactAttribute : FactAttribute
{
    public LinksFactAttribute()
    {
        if (OperatingSystem.IsWindows())
        {
            Skip = "Symbolic links need a right that test machines with Windows seldom give.";
        }
    }
}
