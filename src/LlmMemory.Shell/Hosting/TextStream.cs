using System;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Internal;

namespace LlmMemory.Shell.Hosting;

/// <summary>
/// A standard stream that passes colours only to a terminal that wants them. The engine writes escape sequences into
/// table headers whatever it is told, so they are taken out here.
/// </summary>
internal sealed class TextStream(TextWriter writer, bool isTerminal)
{
    private readonly bool _isPlain = !isTerminal || IsColorUnwanted();

    /// <summary>Whether somebody may be looking.</summary>
    public bool IsTerminal => isTerminal;

    /// <summary>Whether escape sequences arrive.</summary>
    public bool IsDecorated => !_isPlain;

    public static TextStream StandardOutput()
    {
        return new TextStream(Console.Out, !Console.IsOutputRedirected);
    }

    public static TextStream StandardError()
    {
        return new TextStream(Console.Error, !Console.IsErrorRedirected);
    }

    public void Write(string? text)
    {
        writer.Write(Fit(text));
    }

    public void WriteLine(string? text)
    {
        writer.WriteLine(Fit(text));
    }

    // See https://no-color.org: any value that is not empty.
    private static bool IsColorUnwanted()
    {
        return !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            || Environment.GetEnvironmentVariable("TERM") == "dumb";
    }

    private string? Fit(string? text)
    {
        return _isPlain && text is not null ? new StringDecorated(text).ToString(OutputRendering.PlainText) : text;
    }
}
