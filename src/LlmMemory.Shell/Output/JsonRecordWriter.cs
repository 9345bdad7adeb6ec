using System.IO;
using System.Management.Automation;
using System.Text.Json.Nodes;

namespace LlmMemory.Shell.Output;

/// <summary>Writes all objects as one JSON array, also when there is one or none: a reader need not guess.</summary>
internal sealed class JsonRecordWriter(TextWriter target) : IRecordWriter
{
    private readonly JsonArray _records = [];

    public void Write(PSObject record)
    {
        _records.Add(RecordValue.ToJson(record));
    }

    public void Dispose()
    {
        target.WriteLine(_records.ToJsonString(JsonText.Indented));
    }
}
