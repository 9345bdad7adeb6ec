using System;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Internal;

namespace LlmMemory.Shell.Hosting;

/// <summary>
/// A stream of text with or without escape sequences. The engine puts them into table headers whatever its settings
/// say, so they are taken out here where they do not belong: in a file, a pipe, or under NO_COLOR.
/// </summary>
internal sealed class PlainOrColoured(TextWriter target, bool isRedirected)
{
    public bool IsColoured { get; } =
        !isRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));

    public void Write(string value)
    {
        target.Write(Decorate(value));
    }

    public void WriteLine(string value)
    {
        target.WriteLine(Decorate(value));
    }

    private string Decorate(string value)
    {
        return IsColoured ? value : new StringDecorated(value).ToString(OutputRendering.PlainText);
    }
}
