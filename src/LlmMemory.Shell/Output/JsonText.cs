using System.Text.Encodings.Web;
using System.Text.Json;

namespace LlmMemory.Shell.Output;

/// <summary>How JSON is written. The text goes to a console or a file, never into a web page: quotes stay readable.</summary>
internal static class JsonText
{
    public static JsonSerializerOptions Indented { get; } =
        new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonSerializerOptions Compact { get; } =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
}
