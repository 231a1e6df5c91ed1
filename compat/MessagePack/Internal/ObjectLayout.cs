using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.Serialization;
using System.Text;

namespace MessagePack.Internal;

/// <summary>How a type maps to a MessagePack array or map, and which constructor rebuilds it.</summary>
internal sealed class ObjectLayout
{
    private ObjectLayout(List<ObjectMember> members, byte[][]? names, ConstructorInfo? constructor, ObjectMember[] arguments)
    {
        Members = members;
        Names = names;
        Constructor = constructor;
        Arguments = arguments;
        Slots = members.Count == 0 ? 0 : members.Max(member => member.Index) + 1;
    }

    public IReadOnlyList<ObjectMember> Members { get; }

    /// <summary>UTF-8 keys by index when the object is a map; null when it is an array.</summary>
    public byte[][]? Names { get; }

    /// <summary>Null only for a struct that is made by its default value.</summary>
    public ConstructorInfo? Constructor { get; }

    /// <summary>The member that gives each constructor argument.</summary>
    public ObjectMember[] Arguments { get; }

    /// <summary>Length of the array, or pairs of the map.</summary>
    public int Slots { get; }

    public static ObjectLayout Of(Type type, MessagePackObjectAttribute attribute)
    {
        var found = new List<(ObjectMember Member, int? Index, string? Name)>();
        foreach (var member in Candidates(type, attribute.AllowPrivate))
        {
            var key = member.Info.GetCustomAttribute<KeyAttribute>(inherit: true);
            if (attribute.KeyAsPropertyName && key is null)
            {
                found.Add((member, null, member.Info.Name));
            }
            else if (key is null)
            {
                throw new MessagePackSerializationException(
                    $"all public members must mark KeyAttribute or IgnoreMemberAttribute. type: {type.FullName} member:{member.Info.Name}");
            }
            else
            {
                found.Add((member, key.IntKey, key.StringKey));
            }
        }

        var byIndex = found.Count > 0 && found[0].Index is not null;
        if (found.Any(one => one.Index is not null != byIndex))
        {
            throw new MessagePackSerializationException($"all members key type must be same. type: {type.FullName}");
        }

        for (var i = 0; i < found.Count; i++)
        {
            found[i].Member.Index = found[i].Index ?? i;
        }

        if (found.FirstOrDefault(one => one.Index < 0) is { Member: { } negative })
        {
            throw new MessagePackSerializationException($"key is negative. type: {type.FullName} member:{negative.Info.Name}");
        }

        var twice = byIndex
            ? found.GroupBy(one => (object)one.Index!.Value).FirstOrDefault(group => group.Count() > 1)
            : found.GroupBy(one => (object)one.Name!).FirstOrDefault(group => group.Count() > 1);
        if (twice is not null)
        {
            throw new MessagePackSerializationException($"key is duplicated, all members key must be unique. type: {type.FullName} key: {twice.Key}");
        }

        var names = byIndex || found.Count == 0 ? null : found.Select(one => Encoding.UTF8.GetBytes(one.Name!)).ToArray();
        var members = found.ConvertAll(one => one.Member);
        var (constructor, arguments) = ChooseConstructor(type, attribute.AllowPrivate, members, byIndex, found.Select(one => one.Name).ToArray());
        return new ObjectLayout(members, names, constructor, arguments);
    }

    public static ObjectLayout OfTuple(Type type)
    {
        var members = new List<ObjectMember>();
        for (var i = 0; i < type.GetGenericArguments().Length; i++)
        {
            var item = (MemberInfo?)type.GetField($"Item{i + 1}") ?? type.GetProperty($"Item{i + 1}")!;
            members.Add(new ObjectMember(item, canRead: true, canWrite: false) { Index = i });
        }

        return new ObjectLayout(members, null, type.GetConstructor(type.GetGenericArguments())!, [.. members]);
    }

    /// <summary>Reads a map's key: its index, or -1 for a key that the type does not have.</summary>
    public int ReadKey(ref MessagePackReader reader, int expected)
    {
        if (!reader.TryReadStringSpan(out var key))
        {
            throw new MessagePackSerializationException("A map key is nil where a member's name was expected.");
        }

        var names = Names!;
        if (expected < names.Length && key.SequenceEqual(names[expected]))
        {
            return expected;
        }

        for (var i = 0; i < names.Length; i++)
        {
            if (key.SequenceEqual(names[i]))
            {
                return i;
            }
        }

        return -1;
    }

    private static IEnumerable<ObjectMember> Candidates(Type type, bool allowPrivate)
    {
        var flags = BindingFlags.Instance | BindingFlags.Public | (allowPrivate ? BindingFlags.NonPublic : 0);
        var seen = new HashSet<string>();
        foreach (var property in type.GetProperties(flags))
        {
            if (property.GetIndexParameters().Length > 0 || Ignored(property) || (allowPrivate && property.Name == "EqualityContract"))
            {
                continue;
            }

            var canRead = property.GetMethod is { } getter && (allowPrivate || getter.IsPublic);
            var canWrite = property.SetMethod is { } setter && (allowPrivate || setter.IsPublic);
            if ((canRead || canWrite) && seen.Add(property.Name))
            {
                yield return new ObjectMember(property, canRead, canWrite);
            }
        }

        foreach (var field in type.GetFields(flags))
        {
            if (!Ignored(field) && !field.IsDefined(typeof(CompilerGeneratedAttribute)) && seen.Add(field.Name))
            {
                yield return new ObjectMember(field, canRead: true, canWrite: !field.IsInitOnly);
            }
        }
    }

    private static bool Ignored(MemberInfo member) =>
        member.IsDefined(typeof(IgnoreMemberAttribute), inherit: true) || member.IsDefined(typeof(IgnoreDataMemberAttribute), inherit: true);

    private static (ConstructorInfo? Constructor, ObjectMember[] Arguments) ChooseConstructor(
        Type type, bool allowPrivate, List<ObjectMember> members, bool byIndex, string?[] names)
    {
        var all = type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic);
        var marked = all.Where(one => one.IsDefined(typeof(SerializationConstructorAttribute))).ToArray();
        var candidates = marked.Length > 0
            ? marked
            : [.. all.Where(one => one.IsPublic || allowPrivate).Where(one => !IsCopy(one)).OrderByDescending(one => one.GetParameters().Length)];
        foreach (var candidate in candidates)
        {
            if (Match(candidate, members, byIndex, names) is { } arguments)
            {
                return (candidate, arguments);
            }
        }

        return type.IsValueType && marked.Length == 0
            ? (null, [])
            : throw new MessagePackSerializationException($"can't find matched constructor. type: {type.FullName}");
    }

    // A record's copy constructor takes the type itself.
    private static bool IsCopy(ConstructorInfo constructor) =>
        constructor.GetParameters() is [var only] && only.ParameterType == constructor.DeclaringType;

    private static ObjectMember[]? Match(ConstructorInfo constructor, List<ObjectMember> members, bool byIndex, string?[] names)
    {
        var parameters = constructor.GetParameters();
        var arguments = new ObjectMember[parameters.Length];
        for (var i = 0; i < parameters.Length; i++)
        {
            var member = byIndex
                ? members.Find(one => one.Index == i)
                : members.Find(one => string.Equals(names[one.Index], parameters[i].Name, StringComparison.OrdinalIgnoreCase));
            if (member is null || member.Type != parameters[i].ParameterType || !member.CanRead)
            {
                return null;
            }

            arguments[i] = member;
        }

        return arguments;
    }
}
