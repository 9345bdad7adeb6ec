using System.IO;
using System.Management.Automation;
using System.Text;
using System.Text.Json;

namespace LlmMemory.Shell.Output;

/// <summary>One JSON array, also of one result or none, so that a reader needs one case only.</summary>
internal sealed class JsonArrayWriter : IRecordWriter
{
    private readonly Stream _stream;
    private readonly Utf8JsonWriter _json;

    public JsonArrayWriter(Stream stream)
    {
        _stream = stream;
        _json = new Utf8JsonWriter(stream, JsonValue.Options(indented: true));
        _json.WriteStartArray();
    }

    public void Write(PSObject? record)
    {
        JsonValue.Write(_json, record);
        _json.Flush();
    }

    public void Dispose()
    {
        _json.WriteEndArray();
        _json.Dispose();
        _stream.Write(Encoding.UTF8.GetBytes("\n"));
        _stream.Flush();
    }
}
