using System.IO;
using System.Management.Automation;

namespace LlmMemory.Shell.Output;

/// <summary>Writes one JSON object a line, as they come.</summary>
internal sealed class JsonLinesRecordWriter(TextWriter target) : IRecordWriter
{
    public void Write(PSObject record)
    {
        target.WriteLine(RecordValue.ToJson(record)?.ToJsonString(JsonText.Compact) ?? "null");
    }

    public void Dispose()
    {
        target.Flush();
    }
}
