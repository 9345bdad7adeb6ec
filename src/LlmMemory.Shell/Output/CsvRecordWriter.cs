using System;
using System.Collections;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Text;
using CsvHelper;
using CsvHelper.Configuration;

namespace LlmMemory.Shell.Output;

/// <summary>
/// A table whose columns are the first result's properties. A later result that lacks one leaves its field empty, and
/// a collection is joined into one field.
/// </summary>
internal sealed class CsvRecordWriter : IRecordWriter
{
    private const string ItemSeparator = "; ";

    // What a plain number or text, which has no properties, stands under.
    private const string ValueColumn = "Value";

    private readonly CsvWriter _csv;
    private string[]? _columns;

    public CsvRecordWriter(Stream stream)
    {
        var configuration = new CsvConfiguration(CultureInfo.InvariantCulture) { NewLine = Environment.NewLine };
        _csv = new CsvWriter(new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)), configuration);
    }

    public void Write(PSObject? record)
    {
        if (_columns is null)
        {
            _columns = Columns(record);
            WriteRow(_columns);
        }

        WriteRow([.. _columns.Select(column => Field(record, column))]);
    }

    public void Dispose()
    {
        _csv.Dispose();
    }

    private static string[] Columns(PSObject? record)
    {
        return Records.Unwrap(record) switch
        {
            IDictionary dictionary => [.. dictionary.Keys.Cast<object>().Select(InvariantText.Of)],
            null => [ValueColumn],
            var bare when InvariantText.TryFormat(bare, out _) => [ValueColumn],
            _ => [.. record!.Properties.Select(property => property.Name)],
        };
    }

    private static string Field(PSObject? record, string column)
    {
        return Records.Unwrap(record) switch
        {
            IDictionary dictionary => Text(dictionary[column]),
            null => string.Empty,
            var bare when InvariantText.TryFormat(bare, out var text) => column == ValueColumn ? text : string.Empty,
            _ => Text(Records.ValueOf(record!.Properties[column])),
        };
    }

    private static string Text(object? value)
    {
        return Records.Unwrap(value) switch
        {
            null => string.Empty,
            var bare when InvariantText.TryFormat(bare, out var text) => text,
            IEnumerable items and not IDictionary => string.Join(ItemSeparator, items.Cast<object?>().Select(InvariantText.Of)),
            _ => InvariantText.Of(value),
        };
    }

    private void WriteRow(string[] fields)
    {
        foreach (var field in fields)
        {
            _csv.WriteField(field);
        }

        _csv.NextRecord();
        _csv.Flush();
    }
}
