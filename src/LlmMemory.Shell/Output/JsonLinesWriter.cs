using System.IO;
using System.Management.Automation;
using System.Text.Json;

namespace LlmMemory.Shell.Output;

/// <summary>One compact JSON value a line, written out at once for a reader that follows.</summary>
internal sealed class JsonLinesWriter(Stream stream) : IRecordWriter
{
    private readonly Utf8JsonWriter _json = new(stream, JsonValue.Options(indented: false));

    public void Write(PSObject? record)
    {
        JsonValue.Write(_json, record);
        _json.Flush();
        stream.WriteByte((byte)'\n');
        stream.Flush();
        _json.Reset();
    }

    public void Dispose()
    {
        _json.Dispose();
    }
}
