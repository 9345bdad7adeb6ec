using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using CsvHelper;

namespace LlmMemory.Shell.Output;

/// <summary>Writes comma-separated values. The first object's properties are the columns, as with Export-Csv.</summary>
internal sealed class CsvRecordWriter(TextWriter target) : IRecordWriter
{
    private readonly CsvWriter _csv = new(target, CultureInfo.InvariantCulture, leaveOpen: true);
    private IReadOnlyList<string>? _columns;

    public void Write(PSObject record)
    {
        if (_columns is null)
        {
            _columns = [.. RecordValue.Properties(record).Select(property => property.Name)];
            WriteRow(_columns);
        }

        WriteRow(_columns.Select(column => Cell(record, column)));
    }

    public void Dispose()
    {
        _csv.Dispose();
    }

    private static string Cell(PSObject record, string column)
    {
        var property = record.Properties[column];
        return property is null ? string.Empty : RecordValue.Text(RecordValue.Of(property));
    }

    private void WriteRow(IEnumerable<string> cells)
    {
        foreach (var cell in cells)
        {
            _csv.WriteField(cell);
        }

        _csv.NextRecord();
    }
}
