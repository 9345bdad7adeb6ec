using System;
using System.Globalization;

namespace LlmMemory.Shell.Hosting;

/// <summary>How much room there is for a table.</summary>
internal static class ConsoleSize
{
    // Wide enough for the module's widest table.
    private const int DefaultWidth = 120;
    private const int DefaultHeight = 50;

    /// <summary>The terminal's width; for a file or a pipe, COLUMNS or 120.</summary>
    public static int Width => Console.IsOutputRedirected ? FromEnvironment() : Positive(Console.WindowWidth, DefaultWidth);

    /// <summary>The terminal's height.</summary>
    public static int Height => Console.IsOutputRedirected ? DefaultHeight : Positive(Console.WindowHeight, DefaultHeight);

    private static int FromEnvironment()
    {
        var columns = Environment.GetEnvironmentVariable("COLUMNS");
        return int.TryParse(columns, NumberStyles.None, CultureInfo.InvariantCulture, out var width)
            ? Positive(width, DefaultWidth)
            : DefaultWidth;
    }

    // A terminal that does not know its size says 0.
    private static int Positive(int size, int otherwise)
    {
        return size > 0 ? size : otherwise;
    }
}
