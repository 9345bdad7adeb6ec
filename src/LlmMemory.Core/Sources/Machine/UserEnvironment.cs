using System;
using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;

namespace LlmMemory.Sources.Machine;

/// <summary>
/// What the engine asks the machine about its user: the home folder and environment variables. A value of its own, so
/// that nothing else reads the process's environment, and another user's or a test's can take its place.
/// </summary>
public sealed class UserEnvironment
{
    private readonly Func<string, string?> _variables;

    private UserEnvironment(string home, MachinePlatform platform, Func<string, string?> variables)
    {
        Home = home;
        Platform = platform;
        _variables = variables;
    }

    /// <summary>The environment of this process.</summary>
    public static UserEnvironment Current => new(
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), CurrentPlatform(), Environment.GetEnvironmentVariable);

    /// <summary>The user's home folder; empty for a service account that has none.</summary>
    public string Home { get; }

    /// <summary>The kind of operating system.</summary>
    public MachinePlatform Platform { get; }

    /// <summary>An environment of given values.</summary>
    /// <param name="home">The home folder.</param>
    /// <param name="platform">The kind of operating system.</param>
    /// <param name="variables">The environment variables; no others are set.</param>
    public static UserEnvironment Of(string home, MachinePlatform platform, IReadOnlyDictionary<string, string> variables)
    {
        return new UserEnvironment(home, platform, name => variables.TryGetValue(name, out var value) ? value : null);
    }

    /// <summary>The variable's value without blanks around it; null where it is not set or blank.</summary>
    /// <param name="name">The variable.</param>
    public string? Variable(string name)
    {
        var value = _variables(name)?.Trim();
        return string.IsNullOrEmpty(value) ? null : value;
    }

    /// <summary>True where the variable says 1, ON, YES or TRUE: what huggingface_hub takes for a yes.</summary>
    /// <param name="name">The variable.</param>
    public bool IsOn(string name)
    {
        return Variable(name)?.ToUpperInvariant() is "1" or "ON" or "YES" or "TRUE";
    }

    /// <summary>The folder or file that a variable names; null where it is not set.</summary>
    /// <param name="name">The variable. Its value may begin with <c>~</c> for the home folder.</param>
    public string? Folder(string name)
    {
        var value = Variable(name);
        var isInHome = value is not null && value[0] == '~' && (value.Length == 1 || value[1] is '/' or '\\');
        return isInHome ? Path.Combine(Home, value!.Substring(1).TrimStart('/', '\\')) : value;
    }

    /// <summary>A folder below the home folder.</summary>
    /// <param name="steps">The names on the way.</param>
    public string InHome(params string[] steps)
    {
        return Path.Combine(Home, Path.Combine(steps));
    }

    private static MachinePlatform CurrentPlatform()
    {
        return RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? MachinePlatform.Windows
            : RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? MachinePlatform.MacOS
            : MachinePlatform.Linux;
    }
}
