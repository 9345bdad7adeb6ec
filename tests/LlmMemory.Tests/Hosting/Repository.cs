using System.IO;
using System.Linq;
using System.Reflection;

namespace LlmMemory.Tests.Hosting;

/// <summary>Where the files under test lie.</summary>
internal static class Repository
{
    public static string Root { get; } = typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepositoryRoot")
        .Value!;

    public static string Manifest => File("LlmMemory.psd1");

    public static string File(params string[] parts)
    {
        return Path.Combine([Root, .. parts]);
    }
}
