using System.Reflection;

namespace MessagePack.Internal;

/// <summary>A property or field that takes part: where it sits and how it is reached.</summary>
internal sealed class ObjectMember(MemberInfo info, bool canRead, bool canWrite)
{
    public MemberInfo Info => info;

    /// <summary>Index in the array, or in <see cref="ObjectLayout.Names"/>.</summary>
    public int Index { get; set; }

    public Type Type => info is PropertyInfo property ? property.PropertyType : ((FieldInfo)info).FieldType;

    public bool CanRead => canRead;

    public bool CanWrite => canWrite;
}
